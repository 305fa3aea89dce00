-- The instructors' table of all submissions: newest first, and by size.
CREATE INDEX "Submission_receivedAt_id_idx" ON "Submission"("receivedAt" DESC, "id" DESC);
CREATE INDEX "Submission_parameters_id_idx" ON "Submission"("parameters" DESC, "id" DESC);

-- A rescore of some submissions, chosen by hand.
ALTER TABLE "Rescore" ADD COLUMN "selection" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Rescore" ADD CONSTRAINT "Rescore_selection_check" CHECK (NOT "selection" OR ("submissionId" IS NULL AND "engine" IS NULL));

-- The audit log is read page by page, newest first, and by person.
DROP INDEX "AuditEvent_at_idx";
CREATE INDEX "AuditEvent_at_id_idx" ON "AuditEvent"("at" DESC, "id" DESC);
CREATE INDEX "AuditEvent_actorId_at_idx" ON "AuditEvent"("actorId", "at" DESC);
-- Also for a session that plays a replica, in which triggers are asleep otherwise.
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_append_only";
