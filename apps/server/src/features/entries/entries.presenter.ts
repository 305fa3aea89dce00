import type { Entry, Quota } from '@taikai/shared/wire/round'
import type { Invite, Team } from '@taikai/shared/wire/team'
import type { Round } from '../../generated/prisma/client.ts'
import { presentDisqualification } from '../submissions/submissions.presenter.ts'
import type { EntryWithMembers } from './entries.repository.ts'
import type { EntryForInstructors } from './entries-admin.repository.ts'
import type { InvitingEntry } from './invites.repository.ts'
import { rankingNames } from './ranking-name.ts'

/** An entry as its members see it. */
export function presentEntry(entry: EntryWithMembers, quota: Quota): Entry {
  const { id, name, members, inviteCode, _count } = entry
  return {
    id,
    name,
    members: members.map(({ user }) => user),
    inviteCode,
    locked: _count.submissions > 0,
    disqualified: presentDisqualification(entry),
    quota,
  }
}

/** What a link invites to, for whoever has it. */
export function presentInvite({ name, members, round }: InvitingEntry): Invite {
  return {
    roundSlug: round.slug,
    roundTitle: round.title,
    teamName: name,
    members: members.map(({ user }) => user.name),
    teamSize: round.teamSize,
  }
}

/** The teams among the entries of a round, for instructors. `entries`: all of them. */
export function presentTeams(
  round: Pick<Round, 'rankingNames' | 'splitSeed'>,
  entries: readonly EntryForInstructors[],
): { entries: Team[] } {
  const names = rankingNames(
    round,
    entries.map((entry) => ({ ...entry, memberNames: entry.members.map(({ user }) => user.name) })),
  )
  const teams = entries.filter(({ kind }) => kind === 'TEAM')
  return {
    entries: teams.map(({ id, name, members, _count }) => ({
      id,
      name,
      rankingName: names.get(id) ?? name,
      members: members.map(({ user }) => user),
      submissionCount: _count.submissions,
    })),
  }
}
