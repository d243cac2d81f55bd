package io.madang.gateway.http;

import java.util.List;

/**
 * What the transactions of one chain are refused with, for the page that documents the API.
 *
 * @param heading such as "Refusals of votes"
 */
public record DocumentedRefusals(String heading, List<Refusal> refusals) {
  /**
   * One of them.
   *
   * @param name the last part of the problem's type
   * @param status of HTTP
   * @param sentence what it means
   */
  public record Refusal(String name, int status, String sentence) {}
}
