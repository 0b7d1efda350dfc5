# What pipelines run, on any code host: each stage is a target that anybody can run by hand.
STACK ?= dev
CONTAINER ?= docker
REPOSITORY ?= ascent
TAG ?= local
OUT := out
.PHONY: unit integration security image scan push login staging deploy smoke e2e drift restore history notice comment publish
.PHONY: outdir account move

outdir:
	@mkdir -p $(OUT)

unit: $(STAMP) outdir ## tests without Pulumi's engine
	@$(BIN)/python -m pytest -n auto --ignore tests/engine --junit-xml $(OUT)/unit.xml

integration: $(STAMP) outdir ## the shipped stacks through Pulumi's engine, against a stand-in of AWS
	@$(BIN)/python -m pytest -n auto tests/engine --junit-xml $(OUT)/integration.xml

security: $(STAMP) outdir ## known weaknesses of dependencies and workflows, and every rule on every stack
	@$(BIN)/uvx --from pip-audit==2.10.1 pip-audit --disable-pip --require-hashes -r requirements.txt
	@$(BIN)/zizmor --offline --no-progress .github action.yml
	@$(BIN)/ascent plan --format sarif --output $(OUT)/ascent.sarif

image: ## build the application's image for this machine
	@$(CONTAINER) build -t $(REPOSITORY):$(TAG) app

scan: ## known weaknesses of the image
	@trivy image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed $(REPOSITORY):$(TAG)

push: outdir ## build the image for both architectures with its parts list, push it, write its digest to out/digest
	@$(CONTAINER) buildx build --platform linux/arm64,linux/amd64 --sbom=true --provenance=mode=max \
		--metadata-file $(OUT)/image.json --push -t $(REPOSITORY):$(TAG) app
	@sed -n 's/.*"containerimage.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' $(OUT)/image.json > $(OUT)/digest
	@test -s $(OUT)/digest
	@cosign sign --yes $(REPOSITORY)@$$(cat $(OUT)/digest)

login: ## log in to the state; STATE=s3://BUCKET?region=REGION
	@pulumi login "$(STATE)"

deploy: $(STAMP) login outdir ## deploy STACK, with the image that was pushed last if there is one
	@test ! -s $(OUT)/digest || pulumi config set --stack $(STACK) --path ascent:compute.image $(REPOSITORY)@$$(cat $(OUT)/digest)
	@pulumi up --yes --non-interactive --stack $(STACK) --policy-pack policies

smoke: $(STAMP) login ## ask AWS and the site whether STACK is well
	@$(BIN)/ascent verify $(STACK) --wait 20

e2e: $(STAMP) login outdir ## ask AWS and the site of STACK from outside, and keep the answers
	@$(BIN)/ascent verify $(STACK) --wait 20 --json > $(OUT)/probe.json

drift: $(STAMP) login ## fail if what is deployed of STACK is not what the state says
	@pulumi refresh --preview-only --expect-no-changes --non-interactive --stack $(STACK)

restore: outdir ## fail if AWS Backup has not restored anything in the last 32 days, as its testing plan says
	@aws backup list-restore-jobs --by-created-after "$$(date -u -d '32 days ago' +%Y-%m-%dT00:00:00Z)" \
		--query 'RestoreJobs[?CreatedBy.RestoreTestingPlanArn].[Status,ResourceType,RestoreJobId]' --output text > $(OUT)/restore.txt
	@cat $(OUT)/restore.txt
	@grep -q ^COMPLETED $(OUT)/restore.txt || { echo "no restore has ended well in 32 days" >&2; exit 1; }
	@! grep -E '^(FAILED|ABORTED)' $(OUT)/restore.txt

history: $(STAMP) login outdir ## write the deployments of STACK to out/history.json
	@pulumi stack history --json --stack $(STACK) > $(OUT)/history.json

notice: ## tell the incident channel; TOPIC, SUBJECT and TEXT come from the environment
	@test -z "$$TOPIC" || aws sns publish --topic-arn "$$TOPIC" --subject "$$SUBJECT" --message "$$TEXT"

comment: $(STAMP) outdir ## what BASE and HEAD differ in, as out/comment.md; both come from the environment
	@$(BIN)/ascent diff "$$BASE" "$$HEAD" --markdown --output $(OUT)/comment.md --fail-on failures,data-loss

publish: ## put out/comment.md on the open pull request of HEAD_OWNER's HEAD_BRANCH at HEAD_SHA, over the last one
	@number=$$(gh pr view "$$HEAD_OWNER:$$HEAD_BRANCH" --repo "$$GITHUB_REPOSITORY" --json number,state,headRefOid \
		--jq 'select(.state == "OPEN" and .headRefOid == env.HEAD_SHA) | .number') && \
	test -n "$$number" || { echo "no open pull request at $$HEAD_SHA" >&2; exit 1; }; \
	gh pr comment "$$number" --repo "$$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file $(OUT)/comment.md

FIRST := file://$(CURDIR)/bootstrap/.state

account: $(STAMP) ## once per account: a place for the state, trust, images, a budget; its own state begins here
	@mkdir -p bootstrap/.state
	@pulumi login "$(FIRST)"
	@pulumi -C bootstrap stack select --create account
	@pulumi -C bootstrap up --stack account --policy-pack ../policies

move: ## then move the account's own state into the bucket that it made; STATE and SECRETS say where else
	@umask 077; state=$$(mktemp); trap 'rm -f "$$state"' EXIT; set -e; \
	pulumi login "$(FIRST)"; \
	to=$${STATE:-$$(pulumi -C bootstrap stack output stateUrl --stack account)}; \
	secrets=$${SECRETS:-$$(pulumi -C bootstrap stack output secretsProvider --stack account)}; \
	pulumi -C bootstrap stack export --stack account --show-secrets --file "$$state"; \
	pulumi login "$$to"; \
	pulumi -C bootstrap stack init account --secrets-provider "$$secrets"; \
	pulumi -C bootstrap stack import --stack account --file "$$state"; \
	echo "the state of account is in $$to; bootstrap/.state holds the old one, which is no longer used"
