import { Button } from '@mantine/core'
import type { Dataset } from '@taikai/shared/wire/dataset'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { histogramQuery } from '../api/datasets.ts'
import { ClassTable } from './class-table.tsx'
import { ContactSheet } from './contact-sheet.tsx'

/** What each class holds, once it is asked for: numbers and pictures. */
export function DatasetDetails({ dataset }: { dataset: Dataset }) {
  const { t } = useTexts()
  const id = useId()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="default"
        aria-expanded={opened}
        aria-controls={id}
        leftSection={opened ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
        onClick={() => setOpened(!opened)}
      >
        {t('datasets.details')}
      </Button>
      <div id={id}>{opened && <Details dataset={dataset} />}</div>
    </>
  )
}

function Details({ dataset }: { dataset: Dataset }) {
  const histogram = useQuery(histogramQuery(dataset.id))
  return (
    <>
      <QueryView query={histogram}>
        {(counts) => <ClassTable names={dataset.classNames} histogram={counts} />}
      </QueryView>
      <ContactSheet dataset={dataset} />
    </>
  )
}
