import { ScrollArea } from '@mantine/core'
import type { PublicScore } from '@taikai/shared/wire/submission'
import { GlossaryLink } from '../../../components/ui/glossary-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { CalibrationPlot } from './calibration-plot.tsx'
import { meanConfidence } from './mean-confidence.ts'

/** Confidence and accuracy nearer than this are called equal, 0..1. */
const nearly = 0.01
const tenth = (share: number) => (100 * share).toFixed(1)

type Props = { score: Pick<PublicScore, 'correct' | 'total' | 'calibrationError' | 'calibrationBins'> }

/** Whether the model is right as often as its probabilities say: in words, as a reliability diagram, and as a table. */
export function CalibrationPanel({ score }: Props) {
  const { t, gap } = useTexts()
  const { correct, total, calibrationError, calibrationBins: bins } = score
  const confidence = meanConfidence(bins)
  const accuracy = correct / total
  const lean = Math.abs(confidence - accuracy) < nearly ? 'even' : confidence > accuracy ? 'over' : 'under'
  const width = 1 / bins.length
  return (
    <Panel title={t('calibration.title')}>
      <p className="muted">
        {t('calibration.lead')}
        {gap}
        <GlossaryLink word="softmax">{t('calibration.softmax')}</GlossaryLink>
      </p>
      <p>
        {t('calibration.mean', { confidence: tenth(confidence), accuracy: tenth(accuracy) })}
        {gap}
        {t(`calibration.${lean}`)}
      </p>
      <CalibrationPlot bins={bins} />
      <p className="muted">
        ECE = Σ (n / N) × |{t('calibration.accuracy')} − {t('calibration.confidence')}| ={' '}
        <span className="num">{calibrationError.toFixed(4)}</span>
        <br />
        {t('calibration.formula', { bins: bins.length })}{' '}
        <a href="https://arxiv.org/abs/1706.04599">
          Guo et al., On Calibration of Modern Neural Networks, ICML 2017
        </a>
      </p>
      <details>
        <summary>{t('calibration.table')}</summary>
        {/* What scrolls must be reachable by keyboard. */}
        <ScrollArea
          type="auto"
          offsetScrollbars="x"
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('calibration.table') }}
        >
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('calibration.bin')}</th>
                {(['images', 'confidence', 'accuracy'] as const).map((column) => (
                  <th key={column} scope="col" className={table.right}>
                    {t(`calibration.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bins.map((bin, index) => (
                <tr key={tenth(index * width)}>
                  <th scope="row" className="num" style={{ whiteSpace: 'nowrap' }}>
                    {tenth(index * width)}–{tenth((index + 1) * width)}%
                  </th>
                  <td className={`${table.right} num`}>{count(bin.count)}</td>
                  <td className={`${table.right} num`}>
                    {bin.count === 0 ? '–' : `${tenth(bin.meanConfidence)}%`}
                  </td>
                  <td className={`${table.right} num`}>
                    {bin.count === 0 ? '–' : `${tenth(bin.accuracy)}%`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      </details>
    </Panel>
  )
}
