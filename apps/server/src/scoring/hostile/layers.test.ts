import { proveCorpus } from './prove-corpus.ts'
import { topologyCases } from './topology-cases.ts'
import { weightsCases } from './weights-cases.ts'

proveCorpus('hostile TF.js Layers models', [...topologyCases, ...weightsCases])
