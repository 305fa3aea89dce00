import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'

/** The whole database or one transaction of it: repositories take it as their first argument. */
export type Db = PrismaClient | Prisma.TransactionClient

/** Memory for one sort, above PostgreSQL's 4 MB: the scores of a ranking of 50,000 submissions are not sorted on disk. */
const options = '-c work_mem=16MB'

/** Connects on first use. Call `$disconnect` to give its connections back. */
export function createPrisma(databaseUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, options }) })
}
