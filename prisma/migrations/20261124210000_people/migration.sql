-- People who are invited before they have a password, and who can leave without their scores.
ALTER TABLE "User"
  ADD COLUMN "studentNumber" TEXT,
  ADD COLUMN "deletedAt" TIMESTAMPTZ(3),
  ADD COLUMN "lastSignInAt" TIMESTAMPTZ(3),
  -- Who is deleted signs in no longer, whatever else is asked.
  ADD CONSTRAINT "User_deleted_check" CHECK ("deletedAt" IS NULL OR ("deactivatedAt" IS NOT NULL AND "studentNumber" IS NULL));
CREATE UNIQUE INDEX "User_studentNumber_key" ON "User"("studentNumber");

-- An instructor's session that sees the site as a student does.
ALTER TABLE "Session"
  ADD COLUMN "viewAsUserId" TEXT,
  ADD COLUMN "viewAsUntil" TIMESTAMPTZ(3),
  ADD CONSTRAINT "Session_viewAs_check" CHECK (("viewAsUserId" IS NULL) = ("viewAsUntil" IS NULL));

CREATE TYPE "PasswordLinkPurpose" AS ENUM ('INVITATION', 'RESET');
CREATE TABLE "PasswordLink" (
  "id" UUID NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "userId" TEXT NOT NULL,
  "purpose" "PasswordLinkPurpose" NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  "voidedAt" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "createdById" TEXT,

  CONSTRAINT "PasswordLink_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "PasswordLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "PasswordLink_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "PasswordLink_ended_check" CHECK ("usedAt" IS NULL OR "voidedAt" IS NULL)
);
CREATE UNIQUE INDEX "PasswordLink_tokenHash_key" ON "PasswordLink"("tokenHash");
CREATE INDEX "PasswordLink_userId_idx" ON "PasswordLink"("userId");
CREATE UNIQUE INDEX "PasswordLink_userId_open_key" ON "PasswordLink"("userId") WHERE "usedAt" IS NULL AND "voidedAt" IS NULL;
