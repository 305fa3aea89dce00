// node bench/real-models.ts FOLDER
// Images per second of real models in the engine of the scoring child, against ONNX Runtime with its own settings and nothing around
// it, on the same graph and with the same batch. FOLDER holds a folder of files for each model (as for `taikai acceptance`).
// Writes bench/results/real-models.json.
import { measureRealModels } from '../apps/server/src/scoring/engines/measure/measure-real-models.ts'
import { writeResults } from './results-file.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node bench/real-models.ts FOLDER')
const measured = await measureRealModels(folder)
const rows = measured.map(({ model, engine, bare, note }) => ({
  model,
  'images/s': Math.round(engine),
  'bare onnxruntime, images/s': Math.round(bare),
  'of bare': Number((engine / bare).toFixed(2)),
  note,
}))
writeResults('real-models', rows)
