-- The engine of a round was one; now it is one for each family of models.
CREATE TABLE "EnginePin" (
    "roundId" UUID NOT NULL,
    "family" TEXT NOT NULL,
    "engine" TEXT NOT NULL,

    CONSTRAINT "EnginePin_pkey" PRIMARY KEY ("roundId","family"),
    CONSTRAINT "EnginePin_family_check" CHECK ("family" IN ('layers', 'graph', 'onnx'))
);

ALTER TABLE "EnginePin" ADD CONSTRAINT "EnginePin_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "EnginePin" ("roundId", "family", "engine")
  SELECT "id", 'layers', "pinnedEngine" FROM "Round" WHERE "pinnedEngine" IS NOT NULL;

ALTER TABLE "Round" DROP COLUMN "pinnedEngine";
