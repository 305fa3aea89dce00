import { graphCases } from './graph-cases.ts'
import { onnxCases } from './onnx-cases.ts'
import { proveCorpus } from './prove-corpus.ts'

proveCorpus('hostile graphs', [...onnxCases, ...graphCases])
