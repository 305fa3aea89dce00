// The rules of the ranking once more, naively and from raw outputs. It imports nothing, least of all what it checks.

type Metric = 'accuracy' | 'top5-error' | 'cross-entropy' | 'squared-error' | 'macro-f1'
export type OutputKind = 'probabilities' | 'logits' | 'sigmoids'
/** What a model made of one image. */
type Answer = { truth: number; first: number; inFive: boolean; surprise: number; error: number }
/** One scored submission that was not disqualified. */
export type Sent = {
  entryId: string
  isTeam: boolean
  receivedAt: number
  picked: boolean
  answers: readonly Answer[]
}
/** `value`: images right, images wrong, or the metric in steps of 1e-4. */
export type Place = {
  entryId: string
  receivedAt: number
  rank: number | null
  value: number
  group: number | null
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** Answers to all images. `outputs`: [images, classes]. */
export function answersOf(outputs: Float32Array, kind: OutputKind, labels: Uint8Array): Answer[] {
  const classes = outputs.length / labels.length
  return [...labels].map((truth, image) => {
    const raw = [...outputs.slice(image * classes, (image + 1) * classes)]
    const byOutput = [...raw.entries()].sort(([a, x], [b, y]) => y - x || a - b).map(([index]) => index)
    const powers = kind === 'logits' ? raw.map(Math.exp) : raw
    const shares = kind === 'probabilities' ? raw : powers.map((power) => power / sum(powers))
    const errors = (kind === 'logits' ? shares : raw).map(
      (value, at) => (at === truth ? 1 - value : value) ** 2,
    )
    const surprise = -Math.log(Math.max(shares[truth] ?? 0, 1e-7))
    const inFive = byOutput.indexOf(truth) < 5
    return { truth, first: byOutput[0] ?? -1, inFive, surprise, error: sum(errors) / 2 }
  })
}

function measured(metric: Metric, answers: readonly Answer[]): number {
  const mean = (numbers: number[]) => Math.round((sum(numbers) / numbers.length) * 10_000)
  if (metric === 'accuracy') return answers.filter(({ truth, first }) => truth === first).length
  if (metric === 'top5-error') return answers.filter(({ inFive }) => !inFive).length
  if (metric === 'cross-entropy') return mean(answers.map(({ surprise }) => surprise))
  if (metric === 'squared-error') return mean(answers.map(({ error }) => error))
  const f1 = [...new Set(answers.map(({ truth }) => truth))].map((label) => {
    const found = answers.filter(({ truth, first }) => truth === label && first === label).length
    const wrong = answers.filter(({ truth, first }) => (truth === label) !== (first === label)).length
    return (2 * found) / (2 * found + wrong)
  })
  return mean(f1)
}

type Valued = Sent & { value: number }
/** The best first, of equals the earlier one. */
function ordered(metric: Metric, sent: readonly Sent[], split: readonly number[]): Valued[] {
  const sign = metric === 'accuracy' || metric === 'macro-f1' ? -1 : 1
  return sent
    .map((one) => ({
      ...one,
      value: measured(
        metric,
        split.flatMap((image) => one.answers[image] ?? []),
      ),
    }))
    .sort((a, b) => sign * (a.value - b.value) || a.receivedAt - b.receivedAt)
}

/** The ranking of what was sent on the images of a split: each entry by its best. */
export function independentRanking(metric: Metric, sent: readonly Sent[], split: readonly number[]): Place[] {
  const all = ordered(metric, sent, split)
  const rows = all.filter(({ entryId }, at) => all.findIndex((other) => other.entryId === entryId) === at)
  const teams = rows.filter(({ isTeam }) => isTeam)
  const groups = metric === 'accuracy' || metric === 'top5-error' ? tieGroups(metric, teams, split) : []
  return rows.map((row) => ({
    ...{ entryId: row.entryId, receivedAt: row.receivedAt, value: row.value },
    rank: row.isTeam ? 1 + teams.findIndex(({ value }) => value === row.value) : null,
    group: row.isTeam ? (groups[teams.indexOf(row)] ?? null) : null,
  }))
}

/** The final ranking: each entry by the best private value of its picks, without any of its `picks` best public ones. */
export function independentFinal(
  metric: Metric,
  sent: readonly Sent[],
  { shown, hidden, picks }: { shown: readonly number[]; hidden: readonly number[]; picks: number },
): Place[] {
  const byPublic = ordered(metric, sent, shown)
  const counting = [...new Set(sent.map(({ entryId }) => entryId))].flatMap((entryId) => {
    const own = byPublic.filter((one) => one.entryId === entryId)
    const picked = own.filter((one) => one.picked)
    return picked.length > 0 ? picked : own.slice(0, picks)
  })
  return independentRanking(metric, counting, hidden)
}

/** Of each row, in order: the leader is compared with all below it (exact McNemar, Holm), up to the first that differs. */
function tieGroups(metric: Metric, rows: readonly Valued[], split: readonly number[]): number[] {
  const isRight = ({ answers }: Sent, image: number) =>
    metric === 'accuracy' ? answers[image]?.first === answers[image]?.truth : answers[image]?.inFive === true
  const pOf = (one: Sent, other: Sent) => {
    const only = split.filter((image) => isRight(one, image) && !isRight(other, image)).length
    const others = split.filter((image) => !isRight(one, image) && isRight(other, image)).length
    return mcNemar(only + others, Math.min(only, others))
  }
  const [leader, ...lower] = rows
  if (leader === undefined) return []
  const ps = lower.map((row) => pOf(leader, row))
  const holm = ps.map((own) =>
    Math.max(...ps.filter((p) => p <= own).map((p) => p * ps.filter((other) => other >= p).length)),
  )
  const differs = holm.findIndex((p) => p < 0.05)
  const tied = differs === -1 ? lower : lower.slice(0, differs)
  const rest = tieGroups(metric, lower.slice(tied.length), split).map((group) => group + 1)
  return [0, ...tied.map(() => 0), ...rest]
}

/** Twice the lower tail of Binomial(n, ½), in whole numbers until the last division (n below 500). */
function mcNemar(n: number, fewer: number): number {
  let [term, tail] = [1n, 0n]
  for (let i = 0; i <= fewer; i++) {
    tail += term
    term = (term * BigInt(n - i)) / BigInt(i + 1)
  }
  return Math.min(1, Number((2n * tail * 10n ** 15n) / 2n ** BigInt(n)) / 1e15)
}
