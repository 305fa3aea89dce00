-- Rules and life of a round ----------------------------------------------------------------------------------

CREATE TYPE "JoinPolicy" AS ENUM ('CODE', 'OPEN', 'ROSTER');
CREATE TYPE "RankingNames" AS ENUM ('HANDLE', 'REAL', 'PSEUDONYM');

ALTER TABLE "Round"
  ADD COLUMN "freezesAt" TIMESTAMPTZ(3),
  ADD COLUMN "publishedAt" TIMESTAMPTZ(3),
  ADD COLUMN "metric" TEXT NOT NULL DEFAULT 'accuracy',
  ADD COLUMN "submissionsPerDay" INTEGER,
  ADD COLUMN "submissionsTotal" INTEGER,
  ADD COLUMN "maxParameters" BIGINT,
  ADD COLUMN "maxMacs" BIGINT,
  ADD COLUMN "requiredLayers" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "forbiddenLayers" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "finalPicks" INTEGER NOT NULL DEFAULT 2,
  ADD COLUMN "teamSize" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "rankingNames" "RankingNames" NOT NULL DEFAULT 'HANDLE',
  ADD COLUMN "joinPolicy" "JoinPolicy" NOT NULL DEFAULT 'CODE',
  ADD CONSTRAINT "Round_metric_check" CHECK ("metric" IN ('accuracy', 'top5-error', 'cross-entropy', 'squared-error', 'macro-f1')),
  ADD CONSTRAINT "Round_rules_check" CHECK ("submissionsPerDay" > 0 AND "submissionsTotal" > 0 AND "maxParameters" > 0
    AND "maxMacs" > 0 AND "finalPicks" > 0 AND "teamSize" > 0),
  ADD CONSTRAINT "Round_freezesAt_check" CHECK ("freezesAt" IS NULL OR "opensAt" IS NOT NULL),
  -- Only a closed round is published.
  ADD CONSTRAINT "Round_publishedAt_check" CHECK ("publishedAt" IS NULL OR ("closesAt" IS NOT NULL AND "closesAt" <= "publishedAt"));

ALTER TABLE "Entry"
  ADD COLUMN "inviteCode" TEXT,
  ADD COLUMN "disqualifiedAt" TIMESTAMPTZ(3),
  ADD COLUMN "disqualifiedReason" TEXT,
  ADD CONSTRAINT "Entry_disqualified_check" CHECK (("disqualifiedAt" IS NULL) = ("disqualifiedReason" IS NULL));
CREATE UNIQUE INDEX "Entry_inviteCode_key" ON "Entry"("inviteCode");

ALTER TABLE "Submission"
  ADD COLUMN "quotaReturned" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "finalPick" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "disqualifiedAt" TIMESTAMPTZ(3),
  ADD COLUMN "disqualifiedReason" TEXT,
  ADD CONSTRAINT "Submission_disqualified_check" CHECK (("disqualifiedAt" IS NULL) = ("disqualifiedReason" IS NULL));
UPDATE "Submission" SET "quotaReturned" = true WHERE "status" = 'FAILED';

-- Rescoring in the shadow ------------------------------------------------------------------------------------

CREATE TABLE "Rescore" (
  "id" UUID NOT NULL,
  "roundId" UUID NOT NULL,
  "createdById" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "madeLiveAt" TIMESTAMPTZ(3),
  "abandonedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Rescore_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Rescore_ended_check" CHECK ("madeLiveAt" IS NULL OR "abandonedAt" IS NULL)
);
CREATE INDEX "Rescore_roundId_createdAt_idx" ON "Rescore"("roundId", "createdAt" DESC);
ALTER TABLE "Rescore"
  ADD CONSTRAINT "Rescore_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "Rescore_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "ScoringRun"
  ADD COLUMN "rescoreId" UUID,
  ADD COLUMN "madeLiveAt" TIMESTAMPTZ(3),
  ADD COLUMN "replacedAt" TIMESTAMPTZ(3),
  ADD CONSTRAINT "ScoringRun_rescoreId_fkey" FOREIGN KEY ("rescoreId") REFERENCES "Rescore"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- What is live was not replaced; a first run (of no rescore) is live from the start, without a date.
  ADD CONSTRAINT "ScoringRun_live_check" CHECK (NOT ("live" AND "replacedAt" IS NOT NULL)
    AND NOT ("rescoreId" IS NULL AND "madeLiveAt" IS NOT NULL));
CREATE INDEX "ScoringRun_rescoreId_idx" ON "ScoringRun"("rescoreId");

-- Scores hold what ties and intervals need. Runs scored without it are scored anew: the sweep finds them queued.
DELETE FROM "Score";
UPDATE "Submission" SET "status" = 'QUEUED' WHERE "status" = 'SCORED';
UPDATE "ScoringRun" SET "status" = 'QUEUED', "attempt" = 0, "claimedBy" = NULL, "heartbeatAt" = NULL, "finishedAt" = NULL, "imagesDone" = 0
  WHERE "status" = 'SCORED';
ALTER TABLE "Score"
  ADD COLUMN "macroF1" DOUBLE PRECISION NOT NULL,
  ADD COLUMN "calibrationError" DOUBLE PRECISION NOT NULL,
  ADD COLUMN "calibrationBins" JSONB NOT NULL,
  ADD COLUMN "crossEntropySd" DOUBLE PRECISION NOT NULL,
  ADD COLUMN "squaredErrorSd" DOUBLE PRECISION NOT NULL,
  ADD COLUMN "correctBits" BYTEA NOT NULL,
  ADD COLUMN "top5Bits" BYTEA NOT NULL,
  ADD CONSTRAINT "Score_shares_check" CHECK ("macroF1" BETWEEN 0 AND 1 AND "calibrationError" BETWEEN 0 AND 1
    AND "crossEntropySd" >= 0 AND "squaredErrorSd" >= 0),
  ADD CONSTRAINT "Score_bits_check" CHECK (length("correctBits") = ("total" + 7) / 8 AND length("top5Bits") = length("correctBits"));

-- What was published, and what is announced ------------------------------------------------------------------

CREATE TABLE "Standings" (
  "id" UUID NOT NULL,
  "roundId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "publishedAt" TIMESTAMPTZ(3) NOT NULL,
  "leaderboard" JSONB NOT NULL,
  CONSTRAINT "Standings_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Standings_version_check" CHECK ("version" >= 1)
);
CREATE UNIQUE INDEX "Standings_roundId_version_key" ON "Standings"("roundId", "version");
ALTER TABLE "Standings" ADD CONSTRAINT "Standings_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "Standings_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Standings"
  FOR EACH STATEMENT EXECUTE FUNCTION taikai_refuse_change();

CREATE TABLE "Announcement" (
  "id" UUID NOT NULL,
  "roundId" UUID NOT NULL,
  "body" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Announcement_body_check" CHECK (length(btrim("body")) > 0)
);
CREATE INDEX "Announcement_roundId_createdAt_idx" ON "Announcement"("roundId", "createdAt" DESC);
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "AnnouncementReader" (
  "announcementId" UUID NOT NULL,
  "userId" TEXT NOT NULL,
  CONSTRAINT "AnnouncementReader_pkey" PRIMARY KEY ("announcementId", "userId")
);
CREATE INDEX "AnnouncementReader_userId_idx" ON "AnnouncementReader"("userId");
ALTER TABLE "AnnouncementReader"
  ADD CONSTRAINT "AnnouncementReader_announcementId_fkey" FOREIGN KEY ("announcementId") REFERENCES "Announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "AnnouncementReader_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
