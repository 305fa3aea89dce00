-- What a rescore covers, and on what it scores.
ALTER TABLE "Rescore"
  ADD COLUMN "submissionId" UUID,
  ADD COLUMN "datasetId" UUID NOT NULL,
  ADD COLUMN "engine" TEXT,
  ADD CONSTRAINT "Rescore_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "Rescore_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- A ranking is not made of scores of different engines.
  ADD CONSTRAINT "Rescore_engine_check" CHECK ("engine" IS NULL OR "submissionId" IS NULL);
CREATE INDEX "Rescore_submissionId_idx" ON "Rescore"("submissionId");

-- One at a time in a round: what it is compared with must not move under it.
CREATE UNIQUE INDEX "Rescore_roundId_open_key" ON "Rescore"("roundId") WHERE "madeLiveAt" IS NULL AND "abandonedAt" IS NULL;
