import type { UseFormReturnType } from '@mantine/form'
import type { Dataset } from '@taikai/shared/wire/dataset'
import type { RoundFormValues } from '../round-form-values.ts'

/** A dataset as far as the form has to know it. */
export type DatasetChoice = Pick<
  Dataset,
  'id' | 'name' | 'version' | 'imageShape' | 'classNames' | 'hiddenCount'
>

export type SectionProps = { form: UseFormReturnType<RoundFormValues> }
