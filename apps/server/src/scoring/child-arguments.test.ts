import { expect, it } from 'vitest'
import { childEnvironment } from './child-arguments.ts'

const own = {
  PATH: '/usr/bin',
  HOME: '/root',
  DATABASE_URL: 'postgresql://secret',
  AUTH_SECRET: 'secret',
  LD_LIBRARY_PATH: '/usr/local/cuda/lib64',
  CUDA_VISIBLE_DEVICES: '1',
}

it('gives a child nothing of the worker’s environment but where CUDA is, and only where the engine needs it', () => {
  expect(childEnvironment('none', own)).toEqual({})
  expect(childEnvironment('wasm', own)).toEqual({})
  expect(childEnvironment('onnxruntime', own)).toEqual({ TMPDIR: '/dev/null', ORT_DISABLE_TELEMETRY: '1' })
  for (const engine of ['tensorflow', 'tensorflow-gpu'] as const) {
    expect(childEnvironment(engine, own)).toEqual({
      LD_LIBRARY_PATH: '/usr/local/cuda/lib64',
      CUDA_VISIBLE_DEVICES: '1',
      // TF32 would break the agreement of engines to 1e-4.
      NVIDIA_TF32_OVERRIDE: '0',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      TF_CPP_MIN_LOG_LEVEL: '2',
    })
  }
  expect(childEnvironment('tensorflow', { PATH: '/usr/bin' })).not.toHaveProperty('LD_LIBRARY_PATH')
})
