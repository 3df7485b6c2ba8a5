import Outbox
import Testing

@Suite("States of a message")
struct MessageStateTests {
    @Test("every transition there is, and no other")
    func transitions() {
        let known: [MessageState: [MessageStep: MessageState]] = [
            .pending: [.send: .sending],
            .sending: [.accept: .accepted, .refuse: .refused, .lose: .unknown, .miss: .pending, .giveUp: .dead],
            .unknown: [.accept: .accepted, .refuse: .refused, .lose: .unknown, .miss: .pending, .giveUp: .dead],
            .refused: [.release: .pending, .discard: .discarded],
            .dead: [.release: .unknown, .discard: .discarded],
        ]
        for state in MessageState.allCases {
            for step in MessageStep.allCases {
                #expect(state.after(step) == known[state]?[step], "\(state) \(step)")
            }
        }
    }

    @Test("each step leads to one state, wherever it is taken from")
    func oneTarget() {
        for step in MessageStep.allCases where step != .release {
            #expect(Set(MessageState.allCases.compactMap { $0.after(step) }).count == 1, "\(step)")
        }
    }
}
