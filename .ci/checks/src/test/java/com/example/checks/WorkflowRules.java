package com.example.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a workflow must not do: run an action that can change under us, get more rights than it
 * says, run text that a stranger wrote, or show a token to what it runs.
 */
final class WorkflowRules {
  private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");
  private static final Set<String> DANGEROUS = Set.of("pull_request_target", "workflow_run");

  private final List<String> faults = new ArrayList<>();

  private WorkflowRules() {}

  /** All faults of one workflow. */
  static List<String> faults(JsonNode workflow) {
    WorkflowRules rules = new WorkflowRules();
    rules.triggers(workflow.path("on"));
    rules.permissions(workflow.path("permissions"));
    for (Map.Entry<String, JsonNode> job : workflow.path("jobs").properties()) {
      rules.job(job.getKey(), job.getValue());
    }
    return rules.faults;
  }

  private void triggers(JsonNode on) {
    if (on.isMissingNode()) {
      faults.add("no trigger is named");
    }
    for (String trigger : DANGEROUS) {
      if (on.has(trigger) || on.asText().equals(trigger) || contains(on, trigger)) {
        faults.add(trigger + " runs a stranger's change with our rights");
      }
    }
  }

  private static boolean contains(JsonNode list, String text) {
    for (JsonNode entry : list) {
      if (entry.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** Rights to write belong to the job that needs them. */
  private void permissions(JsonNode permissions) {
    if (!permissions.isObject()) {
      faults.add("no top-level permissions, scope by scope");
    }
    for (Map.Entry<String, JsonNode> scope : permissions.properties()) {
      if (!scope.getValue().asText().equals("read") && !scope.getValue().asText().equals("none")) {
        faults.add("the top-level permission " + scope.getKey() + " is not read");
      }
    }
  }

  private void job(String name, JsonNode job) {
    if (job.path("permissions").isTextual()) {
      faults.add(name + ": its permissions are not said scope by scope");
    }
    if (!job.path("timeout-minutes").isInt()) {
      faults.add(name + ": no timeout-minutes");
    }
    action(name, job.path("uses"));
    for (JsonNode step : job.path("steps")) {
      step(name, step);
    }
  }

  private void step(String job, JsonNode step) {
    action(job, step.path("uses"));
    // An expression is pasted into the script before a shell reads it: a title can be a command.
    if (step.path("run").asText().contains("${{")) {
      faults.add(job + ": an expression in run; give it to the step by env");
    }
    if (step.path("with").path("script").asText().contains("${{")) {
      faults.add(job + ": an expression in script; give it to the step by env");
    }
    if (step.path("uses").asText().startsWith("actions/checkout@")
        && !step.at("/with/persist-credentials").asText().equals("false")) {
      faults.add(job + ": checkout leaves its token behind; set persist-credentials: false");
    }
  }

  private void action(String job, JsonNode uses) {
    String action = uses.asText();
    if (!uses.isMissingNode() && !action.startsWith("./") && !PINNED.matcher(action).matches()) {
      faults.add(job + ": " + action + " is not pinned by a commit's 40 hexadecimal digits");
    }
  }
}
