import { ScrollArea, SegmentedControl } from '@mantine/core'
import type { Dataset } from '@taikai/shared/wire/dataset'
import { useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { contactSheetPath, type SheetPart } from '../api/datasets.ts'
import classes from './dataset-details.module.css'

const perClass = 8

/** Some images of each class beside its name. Instructors may see the hidden ones. */
export function ContactSheet({ dataset }: { dataset: Dataset }) {
  const { t } = useTexts()
  const [part, setPart] = useState<SheetPart>('hidden')
  const { id, name, classNames, trainCount } = dataset
  return (
    <>
      <h3 style={{ fontSize: 15 }}>{t('datasets.sheet')}</h3>
      {trainCount > 0 && (
        <SegmentedControl
          aria-label={t('datasets.sheetPart')}
          value={part}
          data={[
            { value: 'hidden', label: t('datasets.hidden') },
            { value: 'train', label: t('datasets.train') },
          ]}
          onChange={(value) => setPart(value === 'train' ? 'train' : 'hidden')}
        />
      )}
      {part === 'hidden' && <p className="muted">{t('datasets.sheetHidden')}</p>}
      {/* What scrolls must be reachable by keyboard. */}
      <ScrollArea
        type="auto"
        offsetScrollbars="x"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('datasets.sheet') }}
      >
        <div className={classes.sheet}>
          <ul aria-hidden="true">
            {classNames.map((className) => (
              <li key={className}>{className}</li>
            ))}
          </ul>
          <img
            src={contactSheetPath(id, part, perClass)}
            alt={t('datasets.sheetAlt', { name, part: t(`datasets.${part}`) })}
            style={{ height: `calc(${classNames.length} * var(--row))` }}
          />
        </div>
      </ScrollArea>
    </>
  )
}
