public import Dispensing
public import FHIR

/// Everything the program shows over HTTP, module by module.
public enum Surface {
    /// - Parameter pepper: by which patients are found again by their resident number.
    public static func endpoints(pepper: ResidentPepper) -> [Endpoint] {
        let modules: [[Endpoint]] = [
            IdentityRoutes.endpoints,
            PartiesRoutes.endpoints,
            FormularyRoutes.endpoints,
            StockLedgerRoutes.endpoints,
            StocktakesRoutes.endpoints,
            RequisitionsRoutes.endpoints,
            PooledProcurementRoutes.endpoints,
            TenderingRoutes.endpoints,
            PricesRoutes.endpoints,
            DistributionRoutes.endpoints,
            MedicationRulesRoutes.endpoints,
            DispensingRoutes.endpoints(pepper: pepper),
            LongPrescriptionsRoutes.endpoints(pepper: pepper),
            RefillWarningsRoutes.endpoints,
            PrescriptionFlowRoutes.endpoints(pepper: pepper),
            PlatformExchangeRoutes.endpoints,
            PrescriptionUploadsRoutes.endpoints,
            SupplierInvoiceRoutes.endpoints,
        ]
        return modules.flatMap { $0 }
    }

    /// - Parameter systems: what the code systems are called here.
    public static func interactions(systems: CodeSystems = .standard) -> [FHIRInteraction] {
        FHIRRoutes.interactions(systems: systems)
    }
}
