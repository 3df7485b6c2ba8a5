import Dispensing
import Foundation
import LongPrescriptions
import Primitives
import Testing

@testable import Web

@Suite("The body that begins a plan")
struct LongPlanBodyTests {
    @Test("asks for instalments of four weeks, or of as many days as are allowed", arguments: [
        (nil, 28, 28), (nil, 14, 14), (nil, 84, 28), (21, 28, 21), (29, 28, 29),
    ] as [(Int?, Int, Int)])
    func days(asked: Int?, most: Int, expected: Int) throws {
        let extra = asked.map { #","instalmentDays":\#($0)"# } ?? ""
        let body = try JSONDecoder().decode(
            LongPlanBody.self,
            from: Data(
                """
                {"store":1,"assessment":{"on":"2026-11-21","findings":"血压控制良好"},"followUpPlan":"每4周随访",\
                "consent":{"by":"patient","manner":"signature","givenOn":"2026-11-21"}\(extra)}
                """.utf8))
        var terms = InstalmentTerms()
        terms.instalmentDays = 7...most
        let rules = EligibilityRules(catalogue: .national, terms: terms)
        let verb = body.verb(PrescriptionID(UUID()), plan: LongPlanID(UUID()), rules: rules)
        #expect(verb.instalmentDays == expected)
    }
}
