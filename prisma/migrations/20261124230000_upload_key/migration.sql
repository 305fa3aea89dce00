-- An upload that is sent again after its connection broke is the submission that it became the first time.
ALTER TABLE "Submission" ADD COLUMN "uploadKey" UUID;
CREATE UNIQUE INDEX "Submission_entryId_uploadKey_key" ON "Submission"("entryId", "uploadKey");
