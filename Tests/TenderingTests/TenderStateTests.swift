import Tendering
import Testing

@Suite("the states of tenders and bids")
struct TenderStateTests {
    @Test("a tender takes these steps and no others")
    func tenderSteps() {
        let allowed: [TenderState: [TenderStep: TenderState]] = [
            .draft: [.publish: .published, .cancel: .cancelled],
            .published: [.open: .opened, .cancel: .cancelled],
            .opened: [.award: .awarded, .cancel: .cancelled],
        ]
        for state in TenderState.allCases {
            for step in TenderStep.allCases { #expect(state.after(step) == allowed[state]?[step], "\(state) \(step)") }
        }
    }

    @Test("a bid leaves its seal once and stays where it went")
    func bidSteps() {
        for state in BidState.allCases {
            for step in BidStep.allCases {
                let expected: BidState? =
                    switch (state, step) {
                    case (.sealed, .accept): .valid
                    case (.sealed, .reject): .rejected
                    case (.sealed, .withdraw): .withdrawn
                    default: nil
                    }
                #expect(state.after(step) == expected, "\(state) \(step)")
            }
        }
    }
}
