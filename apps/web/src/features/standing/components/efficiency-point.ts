/** One model: how much it computes and how often it is right. */
export type EfficiencyPoint = {
  id: string
  name: string
  kind: 'team' | 'baseline' | 'own' | 'this'
  parameters: number
  macs: number | null
  /** 0..1. */
  accuracy: number
}
export type EfficiencyCost = 'parameters' | 'macs'
