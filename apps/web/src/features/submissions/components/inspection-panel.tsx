import type { Inspection } from '@taikai/shared/model/inspection'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, count } from '../../../lib/format.ts'

export function InspectionPanel({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  const { macs, head } = inspection
  // Models within a model may name their layers alike.
  const layers = inspection.layers.map((layer, place) => ({ ...layer, key: `${place} ${layer.name}` }))
  return (
    <Panel title={t('submission.inspection')}>
      <Facts
        facts={[
          [t('submission.format'), t(`submission.formats.${inspection.format}`)],
          [
            t('submission.parameters'),
            <span className="num" key="p">
              {count(inspection.parameters)}
            </span>,
          ],
          [t('submission.macs'), macs === null ? t('submission.macsUnknown') : compactCount(macs)],
          [t('submission.input'), inspection.inputShape.join('×')],
          [
            t('submission.output'),
            `${inspection.classCount} · ${t(`submission.outputs.${inspection.outputKind}`)}`,
          ],
          ...(head === undefined
            ? []
            : [
                [
                  t('submission.head'),
                  t('submission.headText', { name: head.name, place: head.index + 1, count: head.count }),
                ] as const,
              ]),
        ]}
      />
      <details style={{ marginTop: 16 }}>
        <summary>{t('submission.showLayers', { count: layers.length })}</summary>
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('submission.layer')}</th>
                <th scope="col">{t('submission.layerClass')}</th>
                <th scope="col">{t('submission.shape')}</th>
                <th scope="col">{t('submission.activation')}</th>
                <th scope="col" className={table.right}>
                  {t('submission.parameters')}
                </th>
              </tr>
            </thead>
            <tbody>
              {layers.map((layer) => (
                <tr key={layer.key}>
                  <th scope="row">{layer.name}</th>
                  <td>{layer.className}</td>
                  <td className="num">{layer.outputShape.join('×')}</td>
                  <td>{layer.activation ?? '–'}</td>
                  <td className={`${table.right} num`}>{count(layer.parameters)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  )
}
