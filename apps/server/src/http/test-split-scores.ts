/** Six digits, which no id or date has by chance. */
export const publicScore = { correct: 171_717, total: 303_030, top5Correct: 202_020 }
export const privateScore = {
  correct: 424_242,
  total: 979_797,
  top5Correct: 535_353,
  crossEntropy: 7.717171,
  crossEntropySd: 3.313131,
  squaredError: 6.616161,
  squaredErrorSd: 2.212121,
  macroF1: 0.939393,
  calibrationError: 0.818181,
  perClassCorrect: [424_243],
  perClassTotal: [979_799],
  confusionMatrix: [424_244],
  calibrationBins: [{ count: 313_131, meanConfidence: 0.646464, accuracy: 0.565656 }],
}
const secrets = [
  ...Object.values(privateScore)
    .flat()
    .flatMap((value) => (typeof value === 'number' ? [value] : Object.values(value)))
    .map(String),
  // Images wrong by the five highest outputs, shares, and means as they are rounded.
  ...['555555', '444444', '0.43298', '43.30', '0.4536', '45.36'],
  ...['7.7172', '6.6162', '0.9394', '0.8182'],
]
/** Which numbers of the private split a text holds. */
export const found = (body: string) => secrets.filter((secret) => body.includes(secret))
