import { ScrollArea } from '@mantine/core'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './score-panel.module.css'

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
                    style={{ background: heat(row === column, all === 0 ? 0 : cell / all) }}
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

/** Blue where it is right, red where it is not, the more of the class the stronger; never so strong that the number is hard to read. */
function heat(hit: boolean, share: number): string {
  const [colour, strongest] = hit ? ['--ai', 40] : ['--shu', 45]
  return `color-mix(in srgb, var(${colour}) ${(share * strongest).toFixed(1)}%, var(--surface))`
}
