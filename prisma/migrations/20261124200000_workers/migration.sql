-- What each worker process tells of itself, for the overview.
CREATE TABLE "Worker" (
  "id" UUID NOT NULL,
  "host" TEXT NOT NULL,
  "pid" INTEGER NOT NULL,
  "engines" JSONB NOT NULL,
  "preferred" JSONB NOT NULL,
  "refusals" JSONB NOT NULL,
  "gpuName" TEXT,
  "taikaiVersion" TEXT NOT NULL,
  "scorerVersion" TEXT NOT NULL,
  "concurrency" INTEGER NOT NULL,
  "sandboxMissing" TEXT[],
  "startedAt" TIMESTAMPTZ(3) NOT NULL,
  "heartbeatAt" TIMESTAMPTZ(3) NOT NULL,
  "stoppedAt" TIMESTAMPTZ(3),

  CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- Which worker has a run.
ALTER TABLE "ScoringRun"
  ADD COLUMN "workerId" UUID,
  ADD CONSTRAINT "ScoringRun_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "Worker"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "ScoringRun_workerId_finishedAt_idx" ON "ScoringRun"("workerId", "finishedAt" DESC);
