import { hdf5Cases } from './hdf5-cases.ts'
import { proveCorpus } from './prove-corpus.ts'

proveCorpus('hostile HDF5 files', hdf5Cases)
