import { z } from 'zod'
import { gradeQuerySchema } from './grades.ts'

/** Tables for spreadsheets: `bom` for Excel, which takes UTF-8 for another code without it. */
export const exportQuerySchema = z.object({ bom: z.enum(['yes', 'no']).default('yes') })

/** GET …/exports/grades.csv */
export const gradeExportQuerySchema = gradeQuerySchema.extend(exportQuerySchema.shape)
