import { expect, it } from 'vitest'
import { childEnvironment, childFile, childNodeArguments } from './child-arguments.ts'

const own = {
  PATH: '/usr/bin',
  HOME: '/root',
  DATABASE_URL: 'postgresql://secret',
  AUTH_SECRET: 'secret',
  LD_LIBRARY_PATH: '/usr/local/cuda/lib64',
  CUDA_VISIBLE_DEVICES: '1',
}

it('gives a child nothing of the worker’s environment but where CUDA is, and only where the engine needs it', () => {
  expect(childEnvironment('none', 2, own)).toEqual({})
  expect(childEnvironment('wasm', 2, own)).toEqual({})
  const quiet = { TMPDIR: '/dev/null', ORT_DISABLE_TELEMETRY: '1' }
  expect(childEnvironment('onnxruntime', undefined, own)).toEqual(quiet)
  expect(childEnvironment('onnxruntime', 2, own)).toEqual({ ...quiet, TAIKAI_THREADS: '2' })
  for (const engine of ['tensorflow', 'tensorflow-gpu'] as const) {
    expect(childEnvironment(engine, 2, own)).toEqual({
      LD_LIBRARY_PATH: '/usr/local/cuda/lib64',
      CUDA_VISIBLE_DEVICES: '1',
      // TF32 would break the agreement of engines to 1e-4.
      NVIDIA_TF32_OVERRIDE: '0',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      TF_CPP_MIN_LOG_LEVEL: '2',
      TF_NUM_INTRAOP_THREADS: '2',
      TF_NUM_INTEROP_THREADS: '2',
    })
  }
  expect(childEnvironment('tensorflow', undefined, { PATH: '/usr/bin' })).not.toHaveProperty(
    'LD_LIBRARY_PATH',
  )
})

it('tells a child which engine to load, whether to load the reader of HDF5, and who to become', () => {
  const told = (...given: Parameters<typeof childNodeArguments>) => {
    const whole = childNodeArguments(...given)
    return whole.slice(whole.indexOf(childFile) + 1)
  }
  expect(told('none', false, null)).toEqual(['none'])
  expect(told('none', true, null)).toEqual(['--hdf5', 'none'])
  expect(told('wasm', false, { uid: 61_000, gid: 61_001 })).toEqual(['wasm', '61000', '61001'])
  expect(told('wasm', true, { uid: 61_000, gid: 61_001 })).toEqual(['--hdf5', 'wasm', '61000', '61001'])
})
