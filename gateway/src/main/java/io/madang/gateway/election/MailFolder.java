package io.madang.gateway.election;

import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Sends the gateway's messages through a folder, and knows how they are worded. */
public final class MailFolder implements Post {
  private final Vertx vertx;
  private final EmlFolder folder;

  /**
   * A folder, made when the first message comes.
   *
   * @param from the address that messages come from
   */
  public MailFolder(Vertx vertx, Path folder, String from, Clock clock) {
    this.vertx = vertx;
    this.folder = new EmlFolder(folder, from, clock);
  }

  @Override
  public Future<Void> send(Message message) {
    return vertx
        .executeBlocking(
            () -> {
              folder.write(message);
              return true;
            },
            false)
        .mapEmpty();
  }

  /** All messages, newest first, as the demo's mailbox shows them; blocks. */
  JsonObject messages() throws IOException {
    return folder.messages();
  }

  /** A message to a voter with a code or a notice, in both languages. */
  static Message code(ElectionId election, String to, String code) {
    return new Message(
        Kind.CODE,
        election,
        to,
        "투표 로그인 코드 · Your code to vote",
        """
        아래 코드를 투표 화면에 입력하세요. 10분 동안 한 번만 쓸 수 있습니다.
        Type this code on the voting page. It works once, for ten minutes.

        %s

        요청하지 않았다면 이 메일을 무시하세요. 코드를 누구에게도 알려 주지 마세요.
        If you did not ask for it, ignore this message. Never tell the code to anybody.
        """
            .formatted(code));
  }

  /** That a ballot was cast; of its content, its time or its number nothing is said. */
  static Message notice(ElectionId election, String to) {
    return new Message(
        Kind.NOTICE,
        election,
        to,
        "투표가 접수되었습니다 · A ballot was cast in your name",
        """
        회원님의 이름으로 투표가 접수되었습니다. 직접 하신 것이면 아무것도 하지 않으셔도 됩니다.
        직접 하신 것이 아니면 마감 전에 다시 투표하시고 선거관리자에게 알려 주세요. 마지막 투표만 집계됩니다.

        A ballot was cast in your name. If it was you, there is nothing to do.
        If it was not, vote again before the close and tell those who run the election: only the last ballot counts.
        """);
  }
}
