import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { TaikaiError } from '@taikai/shared/errors'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { emailSchema, passwordSchema, personNameSchema } from '@taikai/shared/wire/account'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { readConfig } from '../config.ts'
import { createAccount, recordAccount } from '../features/accounts/accounts.service.ts'
import { createPrisma } from '../platform/prisma.ts'

type CreateOptions = {
  email: string
  name: string
  role: 'instructor' | 'student'
  passwordStdin?: true
}

function checked<T>(schema: z.ZodType<T>): (value: string) => T {
  return (value) => {
    const result = schema.safeParse(value)
    if (!result.success)
      throw new InvalidArgumentError(result.error.issues.map(({ message }) => message).join(' '))
    return result.data
  }
}

/** `taikai user`: accounts, made on the machine itself, where the shell is the permission. */
export function userCommand(): Command {
  const create = new Command('create')
    .description('make an account; prints a generated password once unless one is given')
    .requiredOption('--email <address>', 'e-mail address', checked(emailSchema))
    .requiredOption('--name <name>', 'name as others see it', checked(personNameSchema))
    .addOption(new Option('--role <role>').choices(['instructor', 'student']).makeOptionMandatory())
    .option('--password-stdin', 'read the password from standard input')
    .action(createUser)
  return new Command('user').description('accounts').addCommand(create)
}

async function createUser(this: Command, options: CreateOptions): Promise<void> {
  const given = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
  if (given !== null && !passwordSchema.safeParse(given).success) {
    this.error('The password must have 10 to 128 characters.')
  }
  const password = given ?? randomBytes(12).toString('base64url')
  const prisma = createPrisma(readConfig(process.env).databaseUrl)
  try {
    await prisma.$transaction(async (tx) => {
      const role = options.role === 'instructor' ? 'INSTRUCTOR' : 'STUDENT'
      const user = await createAccount(tx, { email: options.email, name: options.name, password, role })
      await recordAccount(tx, { id: null, ipAddress: null }, user, 'account.create')
    })
  } catch (error) {
    if (!(error instanceof TaikaiError)) throw error
    const { title, action } = errorMessage(error.code, error.params, 'en')
    this.error(`${title} ${action}`)
  } finally {
    await prisma.$disconnect()
  }
  process.stdout.write(given === null ? `${password}\n` : '')
  process.stderr.write(`Account made for ${options.email}.\n`)
}
