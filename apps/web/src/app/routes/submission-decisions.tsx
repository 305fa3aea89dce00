import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RunsPanel } from '../../features/rescores/components/runs-panel.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { submissionsQuery } from '../../features/submissions/api/submissions.ts'
import { ComparePicker } from '../../features/submissions/components/compare-picker.tsx'
import { DeskPanel } from '../../features/submissions/components/desk-panel.tsx'
import { DisqualifyPanel } from '../../features/submissions/components/disqualify-panel.tsx'
import { PickSwitch } from '../../features/submissions/components/pick-switch.tsx'
import { PicksPanel } from '../../features/submissions/components/picks-panel.tsx'

/** What is done with a submission: picked and compared by its team, disqualified and rescored by instructors. */
export function SubmissionDecisions({
  submission,
  isInstructor,
}: {
  submission: Submission
  isInstructor: boolean
}) {
  const { id, roundSlug: slug, entryId } = submission
  const { data: round } = useQuery(roundQuery(slug))
  const { data: all = [] } = useQuery(submissionsQuery(slug))
  const navigate = useNavigate()
  const own = all.filter((other) => other.entryId === entryId)
  const mayPick =
    round !== undefined && (isInstructor ? round.state !== 'published' : acceptsSubmissions(round.state))
  return (
    <>
      {round !== undefined && <PicksPanel round={round} submissions={own} />}
      {mayPick && (
        <PickSwitch
          submission={submission}
          full={own.filter(({ finalPick }) => finalPick).length >= round.rules.finalPicks}
        />
      )}
      <ComparePicker submission={submission} others={own} />
      {isInstructor && (
        <>
          <RunsPanel
            submissionId={id}
            scored={submission.status === 'SCORED'}
            onStarted={(rescore) =>
              void navigate({
                to: '/admin/rounds/$slug/rescores/$id',
                params: { slug, id: rescore.id },
              })
            }
          />
          <DeskPanel submission={submission} />
          <DisqualifyPanel submission={submission} />
        </>
      )}
    </>
  )
}
