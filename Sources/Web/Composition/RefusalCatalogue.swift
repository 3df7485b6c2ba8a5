import Commands
import Dispensing
import Distribution
import FHIR
import Formulary
import Identity
import InsuranceUploads
import LongPrescriptions
import MedicationRules
import Outbox
import Parties
import PlatformExchange
import PooledProcurement
import PrescriptionFlow
import PrescriptionUploads
import Prices
public import Primitives
import Requisitions
import StockLedger
import Stocktakes
import Tendering

/// Every refusal code the program can answer with.
public enum RefusalCatalogue {
    private static let groups: [[any RefusalCode]] = [
        HTTPRefusalCode.allCases, CommandsRefusalCode.allCases, OutboxRefusalCode.allCases, PlatformExchangeRefusalCode.allCases,
        InsuranceUploadsRefusalCode.allCases, IdentityRefusalCode.allCases,
        PartiesRefusalCode.allCases, FormularyRefusalCode.allCases, StockLedgerRefusalCode.allCases, StocktakesRefusalCode.allCases,
        RequisitionsRefusalCode.allCases, PricesRefusalCode.allCases, TenderingRefusalCode.allCases,
        PooledProcurementRefusalCode.allCases, DistributionRefusalCode.allCases, MedicationRulesRefusalCode.allCases,
        DispensingRefusalCode.allCases, LongPrescriptionsRefusalCode.allCases, PrescriptionFlowRefusalCode.allCases,
        FHIRRefusalCode.allCases, PrescriptionUploadsRefusalCode.allCases,
    ]

    /// How many enumerations of codes there are.
    public static var enumerations: Int { groups.count }

    public static var codes: [any RefusalCode] { groups.flatMap { $0 } }

    /// The catalogue as a page of the documentation.
    public static var document: String {
        let rows = codes.map { code in
            let status = (code as? HTTPRefusalCode)?.status ?? code.category.status
            return "| `\(code.rawValue)` | \(status) | \(code.meaning.chinese) | \(code.meaning.english) |"
        }
        return """
            # Refusals

            Every way the program says no. A code is published once and never reused; the answer is a problem document
            (RFC 9457) with the code, what it means this time, and the field at fault. A refused command has changed nothing.

            | code | status | 含义 | meaning |
            | --- | --- | --- | --- |
            \(rows.joined(separator: "\n"))

            """
    }
}
