import { enAdmin } from './en-admin.ts'
import { enChanges } from './en-changes.ts'
import { enDatasets } from './en-datasets.ts'
import { enDesk } from './en-desk.ts'
import { enExports } from './en-exports.ts'
import { enOverview } from './en-overview.ts'
import { enPeople } from './en-people.ts'
import { enRescore } from './en-rescore.ts'
import { enRoundForm } from './en-round-form.ts'
import type { jaInstructor } from './ja-instructor.ts'

export const enInstructor: typeof jaInstructor = {
  ...enAdmin,
  ...enChanges,
  ...enDatasets,
  ...enDesk,
  ...enExports,
  ...enOverview,
  ...enPeople,
  ...enRescore,
  ...enRoundForm,
}
