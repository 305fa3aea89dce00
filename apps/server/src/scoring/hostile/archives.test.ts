import { kerasCases } from './keras-cases.ts'
import { proveCorpus } from './prove-corpus.ts'
import { zipCases } from './zip-cases.ts'

proveCorpus('hostile archives', [...zipCases, ...kerasCases])
