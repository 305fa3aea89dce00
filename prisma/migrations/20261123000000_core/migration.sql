-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('STUDENT', 'INSTRUCTOR');

-- CreateEnum
CREATE TYPE "EntryKind" AS ENUM ('TEAM', 'BASELINE');

-- CreateEnum
CREATE TYPE "SubmissionStatus" AS ENUM ('QUEUED', 'RUNNING', 'SCORED', 'REJECTED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('PUBLIC', 'PRIVATE');

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" "Role" NOT NULL DEFAULT 'STUDENT',
    "deactivatedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Apikey" (
    "id" TEXT NOT NULL,
    "configId" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "referenceId" TEXT NOT NULL,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "refillInterval" INTEGER,
    "refillAmount" INTEGER,
    "lastRefillAt" TIMESTAMPTZ(3),
    "enabled" BOOLEAN DEFAULT true,
    "rateLimitEnabled" BOOLEAN DEFAULT true,
    "rateLimitTimeWindow" INTEGER,
    "rateLimitMax" INTEGER,
    "requestCount" INTEGER DEFAULT 0,
    "remaining" INTEGER,
    "lastRequest" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "Apikey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetupToken" (
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SetupToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "imageHeight" INTEGER NOT NULL,
    "imageWidth" INTEGER NOT NULL,
    "imageChannels" INTEGER NOT NULL,
    "classNames" TEXT[],
    "hiddenCount" INTEGER NOT NULL,
    "hiddenImagesBlob" TEXT NOT NULL,
    "hiddenLabelsBlob" TEXT NOT NULL,
    "trainCount" INTEGER NOT NULL DEFAULT 0,
    "trainImagesBlob" TEXT,
    "trainLabelsBlob" TEXT,
    "trainStatistics" JSONB,
    "importNotes" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Round" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "datasetId" UUID NOT NULL,
    "publicPercent" INTEGER NOT NULL DEFAULT 30,
    "splitSeed" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "opensAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3),
    "uploadMaxBytes" INTEGER NOT NULL DEFAULT 41943040,
    "joinCode" TEXT NOT NULL,
    "visitorsMaySee" BOOLEAN NOT NULL DEFAULT false,
    "pinnedEngine" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "EntryKind" NOT NULL DEFAULT 'TEAM',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntryMember" (
    "entryId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "roundId" UUID NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EntryMember_pkey" PRIMARY KEY ("entryId","userId")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "entryId" UUID NOT NULL,
    "submittedById" TEXT,
    "label" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "preprocessing" JSONB NOT NULL,
    "status" "SubmissionStatus" NOT NULL DEFAULT 'QUEUED',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "modelSha256" TEXT NOT NULL,
    "uploadBytes" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "parameters" INTEGER NOT NULL,
    "macs" BIGINT,
    "inspection" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SubmissionFile" (
    "submissionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,

    CONSTRAINT "SubmissionFile_pkey" PRIMARY KEY ("submissionId","position")
);

-- CreateTable
CREATE TABLE "ScoringRun" (
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "status" "SubmissionStatus" NOT NULL DEFAULT 'QUEUED',
    "live" BOOLEAN NOT NULL DEFAULT true,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "claimedBy" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "imagesDone" INTEGER NOT NULL DEFAULT 0,
    "imagesTotal" INTEGER NOT NULL,
    "engine" TEXT,
    "engineVersion" TEXT,
    "scorerVersion" TEXT,
    "splitId" TEXT,
    "imagesPerSecond" DOUBLE PRECISION,
    "reasonCode" TEXT,
    "reasonParams" JSONB,
    "outputsBlob" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScoringRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Score" (
    "runId" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "correct" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "top5Correct" INTEGER NOT NULL,
    "crossEntropy" DOUBLE PRECISION NOT NULL,
    "squaredError" DOUBLE PRECISION NOT NULL,
    "perClassCorrect" INTEGER[],
    "perClassTotal" INTEGER[],
    "confusionMatrix" INTEGER[],

    CONSTRAINT "Score_pkey" PRIMARY KEY ("runId","split")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" TEXT,
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "ipAddress" TEXT,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_providerId_accountId_key" ON "Account"("providerId", "accountId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE INDEX "Apikey_configId_idx" ON "Apikey"("configId");

-- CreateIndex
CREATE INDEX "Apikey_referenceId_idx" ON "Apikey"("referenceId");

-- CreateIndex
CREATE INDEX "Apikey_key_idx" ON "Apikey"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_name_version_key" ON "Dataset"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Round_slug_key" ON "Round"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Round_joinCode_key" ON "Round"("joinCode");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_id_roundId_key" ON "Entry"("id", "roundId");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_roundId_name_key" ON "Entry"("roundId", "name");

-- CreateIndex
CREATE INDEX "EntryMember_userId_idx" ON "EntryMember"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "EntryMember_roundId_userId_key" ON "EntryMember"("roundId", "userId");

-- CreateIndex
CREATE INDEX "Submission_roundId_status_entryId_idx" ON "Submission"("roundId", "status", "entryId");

-- CreateIndex
CREATE INDEX "Submission_entryId_receivedAt_idx" ON "Submission"("entryId", "receivedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionFile_submissionId_name_key" ON "SubmissionFile"("submissionId", "name");

-- CreateIndex
CREATE INDEX "ScoringRun_submissionId_idx" ON "ScoringRun"("submissionId");

-- CreateIndex
CREATE INDEX "ScoringRun_status_heartbeatAt_idx" ON "ScoringRun"("status", "heartbeatAt");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_subjectType_subjectId_idx" ON "AuditEvent"("subjectType", "subjectId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Round" ADD CONSTRAINT "Round_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryMember" ADD CONSTRAINT "EntryMember_entryId_roundId_fkey" FOREIGN KEY ("entryId", "roundId") REFERENCES "Entry"("id", "roundId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryMember" ADD CONSTRAINT "EntryMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_entryId_roundId_fkey" FOREIGN KEY ("entryId", "roundId") REFERENCES "Entry"("id", "roundId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_submittedById_fkey" FOREIGN KEY ("submittedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionFile" ADD CONSTRAINT "SubmissionFile_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScoringRun" ADD CONSTRAINT "ScoringRun_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScoringRun" ADD CONSTRAINT "ScoringRun_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Score" ADD CONSTRAINT "Score_runId_fkey" FOREIGN KEY ("runId") REFERENCES "ScoringRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema language cannot say -----------------------------------------------------------------

ALTER TABLE "Dataset"
  ADD CONSTRAINT "Dataset_version_check" CHECK ("version" >= 1),
  ADD CONSTRAINT "Dataset_image_shape_check" CHECK ("imageHeight" BETWEEN 1 AND 1024 AND "imageWidth" BETWEEN 1 AND 1024 AND "imageChannels" IN (1, 3)),
  -- Labels are stored as one byte each.
  ADD CONSTRAINT "Dataset_classNames_check" CHECK (cardinality("classNames") BETWEEN 2 AND 256),
  ADD CONSTRAINT "Dataset_counts_check" CHECK ("hiddenCount" > 0 AND "trainCount" >= 0),
  -- Training images, labels and statistics are there together or not at all.
  ADD CONSTRAINT "Dataset_training_check" CHECK (
    ("trainCount" = 0 AND "trainImagesBlob" IS NULL AND "trainLabelsBlob" IS NULL AND "trainStatistics" IS NULL)
    OR ("trainCount" > 0 AND "trainImagesBlob" IS NOT NULL AND "trainLabelsBlob" IS NOT NULL AND "trainStatistics" IS NOT NULL));

ALTER TABLE "Round"
  ADD CONSTRAINT "Round_slug_check" CHECK ("slug" ~ '^[a-z0-9](-?[a-z0-9])*$' AND length("slug") <= 60),
  ADD CONSTRAINT "Round_publicPercent_check" CHECK ("publicPercent" BETWEEN 1 AND 99),
  ADD CONSTRAINT "Round_uploadMaxBytes_check" CHECK ("uploadMaxBytes" > 0),
  ADD CONSTRAINT "Round_dates_check" CHECK ("closesAt" IS NULL OR ("opensAt" IS NOT NULL AND "opensAt" <= "closesAt"));

ALTER TABLE "Entry" ADD CONSTRAINT "Entry_name_check" CHECK (length(btrim("name")) BETWEEN 1 AND 60);

ALTER TABLE "Submission"
  ADD CONSTRAINT "Submission_counts_check" CHECK ("uploadBytes" > 0 AND "parameters" >= 0 AND ("macs" IS NULL OR "macs" >= 0)),
  ADD CONSTRAINT "Submission_modelSha256_check" CHECK ("modelSha256" ~ '^[0-9a-f]{64}$');

ALTER TABLE "SubmissionFile"
  ADD CONSTRAINT "SubmissionFile_position_check" CHECK ("position" >= 0),
  ADD CONSTRAINT "SubmissionFile_bytes_check" CHECK ("bytes" >= 0),
  ADD CONSTRAINT "SubmissionFile_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');

ALTER TABLE "ScoringRun"
  ADD CONSTRAINT "ScoringRun_attempt_check" CHECK ("attempt" >= 0),
  ADD CONSTRAINT "ScoringRun_images_check" CHECK ("imagesTotal" > 0 AND "imagesDone" BETWEEN 0 AND "imagesTotal"),
  ADD CONSTRAINT "ScoringRun_running_check" CHECK (
    "status" <> 'RUNNING' OR ("claimedBy" IS NOT NULL AND "startedAt" IS NOT NULL AND "heartbeatAt" IS NOT NULL AND "attempt" > 0)),
  -- A run is finished exactly when it has a final state.
  ADD CONSTRAINT "ScoringRun_finished_check" CHECK (("status" IN ('QUEUED', 'RUNNING')) = ("finishedAt" IS NULL)),
  ADD CONSTRAINT "ScoringRun_scored_check" CHECK (
    "status" <> 'SCORED' OR ("engine" IS NOT NULL AND "engineVersion" IS NOT NULL AND "scorerVersion" IS NOT NULL AND "splitId" IS NOT NULL AND "imagesDone" = "imagesTotal")),
  ADD CONSTRAINT "ScoringRun_reason_check" CHECK ("status" NOT IN ('REJECTED', 'FAILED') OR "reasonCode" IS NOT NULL);

-- A submission has one live run, and one run that is not finished.
CREATE UNIQUE INDEX "ScoringRun_submissionId_live_key" ON "ScoringRun" ("submissionId") WHERE "live";
CREATE UNIQUE INDEX "ScoringRun_submissionId_unfinished_key" ON "ScoringRun" ("submissionId") WHERE "status" IN ('QUEUED', 'RUNNING');
-- The sweep looks only at what is unfinished.
CREATE INDEX "ScoringRun_unfinished_idx" ON "ScoringRun" ("createdAt") WHERE "status" IN ('QUEUED', 'RUNNING');

ALTER TABLE "Score"
  ADD CONSTRAINT "Score_counts_check" CHECK (0 <= "correct" AND "correct" <= "top5Correct" AND "top5Correct" <= "total" AND "total" > 0),
  ADD CONSTRAINT "Score_losses_check" CHECK ("crossEntropy" >= 0 AND "squaredError" >= 0
    AND "crossEntropy" < 'Infinity' AND "squaredError" < 'Infinity'),
  ADD CONSTRAINT "Score_shapes_check" CHECK (
    cardinality("perClassCorrect") = cardinality("perClassTotal")
    AND cardinality("confusionMatrix") = cardinality("perClassTotal") * cardinality("perClassTotal"));
-- The ranking reads a split's counts, best first.
CREATE INDEX "Score_split_correct_idx" ON "Score" ("split", "correct" DESC) INCLUDE ("runId", "total", "top5Correct");

CREATE FUNCTION taikai_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION taikai_refuse_change();

-- Versions of events on open pages: they only ever grow.
CREATE SEQUENCE taikai_event_version;
