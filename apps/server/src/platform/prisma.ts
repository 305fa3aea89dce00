import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'

/** The whole database or one transaction of it: repositories take it as their first argument. */
export type Db = PrismaClient | Prisma.TransactionClient

/** Connects on first use. Call `$disconnect` to give its connections back. */
export function createPrisma(databaseUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) })
}
