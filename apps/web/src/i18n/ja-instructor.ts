import { jaAdmin } from './ja-admin.ts'
import { jaChanges } from './ja-changes.ts'
import { jaDatasets } from './ja-datasets.ts'
import { jaDesk } from './ja-desk.ts'
import { jaExports } from './ja-exports.ts'
import { jaOverview } from './ja-overview.ts'
import { jaPeople } from './ja-people.ts'
import { jaRescore } from './ja-rescore.ts'
import { jaRoundForm } from './ja-round-form.ts'

/** Texts of what instructors see only; students' pages do not wait for them. */
export const jaInstructor = {
  ...jaAdmin,
  ...jaChanges,
  ...jaDatasets,
  ...jaDesk,
  ...jaExports,
  ...jaOverview,
  ...jaPeople,
  ...jaRescore,
  ...jaRoundForm,
}
