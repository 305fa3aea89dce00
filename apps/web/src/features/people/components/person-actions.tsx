import { Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Person } from '@taikai/shared/wire/person'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { changeRole, deactivate, deletePerson, reactivate, viewAs } from '../api/people.ts'

/** What an instructor can do with somebody else's account. */
export function PersonActions({ person }: { person: Person }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { id, name, role, state } = person

  const saved = (change: (id: string) => Promise<unknown>) => async () => {
    await change(id)
    notifications.show({ message: t('people.saved') })
    await queryClient.invalidateQueries({ queryKey: ['people'] })
  }
  async function see(): Promise<void> {
    await viewAs(id)
    // Whatever was fetched was fetched as an instructor.
    queryClient.clear()
    await navigate({ to: '/' })
    await queryClient.invalidateQueries()
  }
  async function remove(): Promise<void> {
    await deletePerson(id)
    notifications.show({ message: t('people.removed') })
    await navigate({ to: '/admin/people' })
    await queryClient.invalidateQueries({ queryKey: ['people'] })
  }

  return (
    <Panel title={t('people.actions')}>
      <Group>
        {role === 'STUDENT' && state !== 'deactivated' && (
          <ConfirmButton
            label={t('people.viewAs')}
            question={t('people.viewAsSure', { name })}
            onConfirm={see}
          />
        )}
        {role === 'STUDENT' ? (
          <ConfirmButton
            label={t('people.makeInstructor')}
            question={t('people.makeInstructorSure', { name })}
            onConfirm={saved(() => changeRole(id, 'INSTRUCTOR'))}
          />
        ) : (
          <ConfirmButton
            label={t('people.makeStudent')}
            question={t('people.makeStudentSure', { name })}
            onConfirm={saved(() => changeRole(id, 'STUDENT'))}
          />
        )}
        {state === 'deactivated' ? (
          <ConfirmButton
            label={t('people.reactivate')}
            question={t('people.reactivateSure', { name })}
            onConfirm={saved(reactivate)}
          />
        ) : (
          <ConfirmButton
            label={t('people.deactivate')}
            question={t('people.deactivateSure', { name })}
            onConfirm={saved(deactivate)}
          />
        )}
        <ConfirmButton
          label={t('people.remove')}
          question={t('people.removeSure', { name })}
          onConfirm={remove}
        />
      </Group>
    </Panel>
  )
}
