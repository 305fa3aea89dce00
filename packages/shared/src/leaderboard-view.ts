/** `public`: on the public split; `final`: on the private split, shown once the round is published. */
export const leaderboardViews = ['public', 'final'] as const
export type LeaderboardView = (typeof leaderboardViews)[number]
