import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { StartupError } from '../platform/startup-error.ts'
import { chooseEngines, EngineError, type FoundEngines } from '../scoring/choose-engine.ts'
import { probeSandbox, type Sandbox, SandboxError } from '../scoring/sandbox.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'

/** What a machine can score with. */
export type PreparedScoring = { sandbox: Sandbox; found: FoundEngines; engines: WorkerEngines }

/** Tries what this machine can score with. Throws StartupError where that is less than the configuration asks for. */
export async function prepareScoring(
  config: Pick<Config, 'scoringSandbox' | 'scoringEngine'>,
  logger: Logger,
): Promise<PreparedScoring> {
  try {
    const sandbox = await probeSandbox(config.scoringSandbox, logger)
    const found = await chooseEngines(config.scoringEngine, logger)
    const { preferred } = found
    // wasm is there wherever this code is.
    const names = [preferred.layers, preferred.graph, preferred.onnx, 'wasm' as const]
    const runnable = [...new Set(names.filter((name) => name !== null))]
    return { sandbox, found, engines: { preferred, runnable } }
  } catch (error) {
    throw startupErrorOf(error)
  }
}

/** The sentences for what the operator can mend; any other error as it is. */
export function startupErrorOf(error: unknown): unknown {
  if (error instanceof SandboxError) {
    const missing = error.missing.join(', ')
    return new StartupError(
      `SCORING_SANDBOX=require が設定されていますが、このマシンでは次の隔離機能を使えません: ${missing}。使えるようにするか、SCORING_SANDBOX=best-effort を設定してください。`,
      `SCORING_SANDBOX=require is set, but this machine lacks ${missing}. Provide it, or set SCORING_SANDBOX=best-effort.`,
      { cause: error },
    )
  }
  if (error instanceof EngineError) {
    const faults = error.faults.join('; ')
    return new StartupError(
      `採点エンジンを起動できません (${faults})。パッケージを確認するか、SCORING_ENGINE=auto を設定してください。`,
      `No scoring engine starts (${faults}). Check its package, or set SCORING_ENGINE=auto.`,
      { cause: error },
    )
  }
  return error
}
