-- Queued runs are taken in the order of their turns. Those from before keep the order in which they came.
ALTER TABLE "ScoringRun" ADD COLUMN "turnAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "ScoringRun" SET "turnAt" = "createdAt";
