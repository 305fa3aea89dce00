import { ScrollArea } from '@mantine/core'
import type { Inspection } from '@taikai/shared/model/inspection'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

/** Every layer with its kind, shape, activation and parameters, and which share of all parameters that is. */
export function LayerTable({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  const { inputShape, parameters: all } = inspection
  // Models within a model may name their layers alike.
  const layers = inspection.layers.map((layer, place) => ({ ...layer, key: `${place} ${layer.name}` }))
  return (
    <ScrollArea
      type="auto"
      offsetScrollbars="x"
      // What scrolls must be reachable by keyboard.
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('submission.layers') }}
    >
      <table className={table.table} style={{ whiteSpace: 'nowrap' }}>
        <thead>
          <tr>
            <th scope="col">{t('submission.layer')}</th>
            <th scope="col">{t('submission.layerClass')}</th>
            <th scope="col">{t('submission.shape')}</th>
            <th scope="col">{t('submission.activation')}</th>
            <th scope="col" className={table.right}>
              {t('submission.parameters')}
            </th>
            <th scope="col" className={table.right}>
              %
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('submission.input')}</th>
            <td>–</td>
            <td className="num">{inputShape.join('×')}</td>
            <td>–</td>
            <td className={`${table.right} num`}>–</td>
            <td className={`${table.right} num`}>–</td>
          </tr>
          {layers.map((layer) => (
            <tr key={layer.key}>
              <th scope="row" style={{ minWidth: 110, whiteSpace: 'normal' }}>
                {layer.name}
              </th>
              <td>
                {layer.className}
                {layer.wraps !== undefined && layer.wraps.length > 0 && ` (${layer.wraps.join(', ')})`}
              </td>
              <td className="num">{layer.outputShape.join('×')}</td>
              <td>{layer.activation ?? '–'}</td>
              <td className={`${table.right} num`}>{count(layer.parameters)}</td>
              <td className={`${table.right} num`}>
                {layer.parameters === 0 ? '–' : ((100 * layer.parameters) / all).toFixed(1)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
