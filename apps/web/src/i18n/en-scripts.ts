import type { jaScripts } from './ja-scripts.ts'

export const enScripts: typeof jaScripts = {
  scripts: {
    title: 'Submit from Python',
    lead: 'From Colab or your own Python (3.8 or newer), without any other package. Make a key above first.',
    round: 'Round',
    fetch: '1. Fetch taikai.py',
    login: '2. Keep your key (once)',
    submit: '3. Submit, and wait for the score',
    leaderboard: 'See the ranking',
    curl: 'Submit with curl',
    notebook: 'A notebook from training to submission (.ipynb)',
  },
}
