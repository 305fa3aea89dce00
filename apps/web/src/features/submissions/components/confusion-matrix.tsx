import { ScrollArea } from '@mantine/core'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './score-panel.module.css'

/** Off the diagonal, cells with at least this share of the true class are marked. */
const notableShare = 0.1

type Props = { matrix: readonly number[]; names: readonly string[] }

/** How many images of each class (rows) were taken for which (columns). */
export function ConfusionMatrix(props: Props) {
  const { t } = useTexts()
  return (
    // What scrolls must be reachable by keyboard.
    <ScrollArea
      type="auto"
      offsetScrollbars="x"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('submission.confusion') }}
    >
      <Matrix {...props} />
    </ScrollArea>
  )
}

function Matrix({ matrix, names }: Props) {
  const { t } = useTexts()
  return (
    <table className={`${classes.matrix} num`}>
      <thead>
        <tr>
          <th scope="col">
            {t('submission.predicted')} →<br />
            {t('submission.truth')} ↓
          </th>
          {names.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((truth, row) => {
          const cells = matrix.slice(row * names.length, (row + 1) * names.length)
          const all = cells.reduce((sum, cell) => sum + cell, 0)
          return (
            <tr key={truth}>
              <th scope="row">{truth}</th>
              {names.map((predicted, column) => {
                const cell = cells[column] ?? 0
                return (
                  <td
                    key={predicted}
                    data-hit={row === column}
                    data-miss={row !== column && cell > 0 && cell >= all * notableShare}
                  >
                    {cell}
                  </td>
                )
              })}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
