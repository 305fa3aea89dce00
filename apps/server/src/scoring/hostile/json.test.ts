import { jsonCases } from './json-cases.ts'
import { proveCorpus } from './prove-corpus.ts'

proveCorpus('hostile JSON', jsonCases)
