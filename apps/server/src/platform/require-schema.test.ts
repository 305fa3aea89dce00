import { afterEach, expect, it } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { createPrisma } from './prisma.ts'
import { requireSchema } from './require-schema.ts'
import { StartupError } from './startup-error.ts'

let database: TestDatabase
let prisma: PrismaClient
const open = async (opened: Promise<TestDatabase>) => {
  database = await opened
  prisma = createPrisma(database.url)
}
afterEach(async () => {
  await prisma.$disconnect()
  await database.drop()
})

it('lets a worker start on a database of its own version', async () => {
  await open(createTestDatabase())
  await expect(requireSchema(prisma)).resolves.toBeUndefined()
})

it('refuses one that a newer version has migrated, and one that lacks a migration', async () => {
  await open(createTestDatabase())
  await prisma.$executeRaw`
    INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
    VALUES ('x', 'x', '99990101000000_later', now(), 1)`
  await expect(requireSchema(prisma)).rejects.toBeInstanceOf(StartupError)
  await prisma.$executeRaw`DELETE FROM "_prisma_migrations" WHERE "id" = 'x'`
  await prisma.$executeRaw`DELETE FROM "_prisma_migrations" WHERE "migration_name" LIKE '%_core'`
  await expect(requireSchema(prisma)).rejects.toBeInstanceOf(StartupError)
})

it('refuses one that was never migrated', async () => {
  await open(createEmptyDatabase())
  await expect(requireSchema(prisma)).rejects.toBeInstanceOf(StartupError)
})
