import type { Dataset, ImportNote } from '@taikai/shared/wire/dataset'
import { Link } from '@tanstack/react-router'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

export function DatasetList({ datasets }: { datasets: readonly Dataset[] }) {
  const { t } = useTexts()
  if (datasets.length === 0) return <p>{t('datasets.empty')}</p>
  return datasets.map((dataset) => (
    <Panel
      key={dataset.id}
      title={`${dataset.name} (${t('datasets.version', { version: dataset.version })})`}
    >
      <Facts
        facts={[
          [
            t('datasets.hidden'),
            <span className="num" key="h">
              {count(dataset.hiddenCount)}
            </span>,
          ],
          [
            t('datasets.train'),
            <span className="num" key="t">
              {count(dataset.trainCount)}
            </span>,
          ],
          [t('datasets.shape'), dataset.imageShape.join('×')],
          [t('datasets.classes'), dataset.classNames.join(', ')],
          [
            t('datasets.usedBy'),
            dataset.roundSlugs.length === 0
              ? t('datasets.unused')
              : dataset.roundSlugs.map((slug) => (
                  <Link key={slug} to="/admin/rounds/$slug" params={{ slug }} style={{ marginRight: 8 }}>
                    {slug}
                  </Link>
                )),
          ],
        ]}
      />
      <h3 style={{ fontSize: 15 }}>{t('datasets.checks')}</h3>
      {dataset.importNotes.length === 0 ? (
        <p>{t('datasets.checksNone')}</p>
      ) : (
        <ul>
          {dataset.importNotes.map((note) => (
            <li key={JSON.stringify(note)}>
              <Note note={note} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  ))
}

function Note({ note }: { note: ImportNote }) {
  const { t } = useTexts()
  switch (note.kind) {
    case 'KNOWN_FILE':
      return t('datasets.known', { file: note.file, what: note.what })
    case 'CLASS_IMBALANCE':
      return t('datasets.imbalance', { smallest: note.smallest, largest: note.largest })
    case 'CLASS_EMPTY':
      return t('datasets.classEmpty', { name: note.className })
  }
}
