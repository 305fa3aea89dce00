import type { Inspection } from '@taikai/shared/model/inspection'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, count } from '../../../lib/format.ts'
import { DrawingOnDemand } from '../drawing/drawing-on-demand.tsx'
import { LayerTable } from './layer-table.tsx'

/** Longer tables are opened on demand. */
const openUpTo = 12

export function InspectionPanel({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  return (
    <Panel title={t('submission.inspection')}>
      <InspectionFacts inspection={inspection} />
    </Panel>
  )
}

/** What was read from the files: sizes, input and output, and the layers. */
export function InspectionFacts({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  const { macs, head } = inspection
  return (
    <>
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
      <DrawingOnDemand inspection={inspection} />
      <details style={{ marginTop: 16 }} open={inspection.layers.length <= openUpTo}>
        <summary>{t('submission.showLayers', { count: inspection.layers.length })}</summary>
        <LayerTable inspection={inspection} />
      </details>
    </>
  )
}
