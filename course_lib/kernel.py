"""The kernel that runs notebooks outside JupyterLab. Importing this costs what jupyter_client costs."""

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager


class ThisInterpreter(AsyncKernelManager):
    """Starts the Python that runs us, whatever "python3" means to the Jupyter of this machine."""

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])
