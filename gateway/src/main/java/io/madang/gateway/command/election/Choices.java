package io.madang.gateway.command.election;

import io.madang.voting.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Choices as a voter writes them: the numbers of the answers, {@code blank} or {@code none}. */
final class Choices {
  private Choices() {}

  /** For each question a 0 or 1 for each choice, blank first where it is offered. */
  static List<List<Integer>> of(List<Question> questions, List<String> written) throws IOException {
    if (written.size() != questions.size()) {
      throw new IOException(
          "There are "
              + questions.size()
              + " questions; give --choice for each of them, in their order.");
    }
    var all = new ArrayList<List<Integer>>();
    for (int i = 0; i < questions.size(); i++) {
      all.add(of(questions.get(i), written.get(i), "Question " + (i + 1)));
    }
    return all;
  }

  private static List<Integer> of(Question question, String written, String place)
      throws IOException {
    var choice = new ArrayList<>(Collections.nCopies(question.choices(), 0));
    int first = question.blank() ? 1 : 0;
    switch (written) {
      case "blank" -> {
        if (!question.blank()) {
          throw new IOException(place + " offers no blank vote.");
        }
        choice.set(0, 1);
      }
      case "none" -> {
        // Nothing is chosen; the question says whether that is allowed.
      }
      default -> {
        for (var number : written.split(",", -1)) {
          int index = first + answer(number, question, place) - 1;
          if (choice.set(index, 1) == 1) {
            throw new IOException(place + ": answer " + number + " is chosen twice.");
          }
        }
      }
    }
    if (!question.allows(choice)) {
      throw new IOException(
          place
              + " asks for "
              + question.min()
              + (question.min() == question.max() ? "" : " to " + question.max())
              + " of its answers"
              + (question.blank() ? ", or blank." : "."));
    }
    return choice;
  }

  private static int answer(String number, Question question, String place) throws IOException {
    int answers = question.answers().size();
    if (number.matches("[1-9][0-9]{0,2}") && Integer.parseInt(number) <= answers) {
      return Integer.parseInt(number);
    }
    throw new IOException(
        place
            + " has the answers 1 to "
            + answers
            + "; write such as 2, or 1,3, or blank, or none, not "
            + Shown.text(number)
            + ".");
  }
}
