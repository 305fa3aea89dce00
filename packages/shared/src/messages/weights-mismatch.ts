import type { Locale } from '../locale.ts'
import type { WeightsMismatch } from '../model/weights-mismatch.ts'

/** How weights and layers differ: what stands for `{mismatch}` in the words of WEIGHTS_MISMATCH. */
export const mismatchTexts: Record<Locale, Record<WeightsMismatch, string>> = {
  ja: {
    shape: '{weight} の形は {expected} のはずですが、ファイルでは {found} です',
    missing: '{weight} がファイルにありません',
    count: '重みは {expected} 個のはずですが、ファイルには {found} 個あります',
    'count-of-layer': '層 {layer} の重みは {expected} 個のはずですが、ファイルには {found} 個あります',
    layers: '重みを持つ層は {expected} 個のはずですが、ファイルには {found} 個あります',
    type: '{weight} は、重みとして読める数ではありません',
    bytes: '重みファイルは {expected} バイトのはずですが、{found} バイトあります',
    'bytes-of-weight': '{weight} は {expected} バイトのはずですが、{found} バイトあります',
    repeated: '{weight} が 2 回出てきます',
  },
  en: {
    shape: '{weight} should have the shape {expected}, and the file has {found}',
    missing: '{weight} is not in the file',
    count: 'there should be {expected} weights, and the file has {found}',
    'count-of-layer': 'the layer {layer} should have {expected} weights, and the file has {found}',
    layers: '{expected} layers should have weights, and the file has those of {found}',
    type: '{weight} holds no numbers that can be read as weights',
    bytes: 'the weight files should have {expected} bytes, and have {found}',
    'bytes-of-weight': '{weight} should have {expected} bytes, and has {found}',
    repeated: '{weight} is there twice',
  },
}
