-- Why a run's outputs are not those of the engine that the round is pinned to; for instructors.
ALTER TABLE "ScoringRun" ADD COLUMN "engineNote" TEXT;
