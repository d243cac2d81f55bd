package io.madang.gateway.http;

/** What may be logged of an unexpected failure. */
public final class Failures {
  private static final int FRAMES = 12;

  private Failures() {}

  /**
   * Its class and where it came from, with causes. Not its message: the messages of databases and
   * parsers quote what they were given, and that may be somebody's number or token.
   */
  public static String describe(Throwable failure) {
    var text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (!text.isEmpty()) text.append(" caused by ");
      text.append(cause.getClass().getName());
      if (cause instanceof io.vertx.pgclient.PgException answered) {
        text.append(" SQLSTATE ").append(answered.getSqlState());
      }
      int frames = 0;
      for (var frame : cause.getStackTrace()) {
        if (frames++ == FRAMES) break;
        text.append(" < ").append(frame);
      }
    }
    return text.toString();
  }
}
