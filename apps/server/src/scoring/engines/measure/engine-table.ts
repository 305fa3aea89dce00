import type { EngineMeasurement } from './measure-engines.ts'

/** Markdown: what was measured where, and for each net and batch images per second, with the ratios that count. */
export function engineTable({ date, machine, versions, rows }: EngineMeasurement): string {
  const head = [
    'net',
    'batch',
    'onnxruntime',
    'bare',
    'wasm',
    'bare wasm',
    'of bare',
    'of wasm',
    'of bare, per core',
    'of wasm, per core',
  ]
  const lines = rows.map(({ net, batch, speeds }) => {
    const { onnxruntime, wasm, 'bare onnxruntime': bare, 'bare wasm': bareWasm } = speeds
    return [
      net,
      batch,
      ...[onnxruntime, bare, wasm, bareWasm].map(({ perSecond }) => Math.round(perSecond)),
      (onnxruntime.perSecond / bare.perSecond).toFixed(2),
      (onnxruntime.perSecond / wasm.perSecond).toFixed(1),
      (onnxruntime.perCpuSecond / bare.perCpuSecond).toFixed(2),
      (onnxruntime.perCpuSecond / wasm.perCpuSecond).toFixed(1),
    ]
  })
  return [
    '# Scoring engines',
    '',
    `\`node bench/scoring-engines.ts\`, ${date}, ${machine.processor}, ${machine.cores} cores (load ${machine.load.toFixed(1)} before), Node ${versions.node}, ${versions.onnxruntime}, ${versions.wasm}.`,
    'Images per second, the best of five turns, and what onnxruntime reaches of the others; per core: by processor time, which other work on the machine disturbs less.',
    '',
    row(head),
    row(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...lines.map(row),
    '',
  ].join('\n')
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
